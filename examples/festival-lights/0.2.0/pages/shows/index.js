Page({
  data: {
    shows: [
      { id: 'diwali', name: 'Diwali' },
      { id: 'new-year', name: 'New Year' },
    ],
  },
  start({ currentTarget }) {
    getApp().globalData.show = currentTarget.dataset.id;
    ty.setStorageSync({ key: 'show', data: currentTarget.dataset.id });
    ty.navigateBack();
  },
});
